package dev.afluente.sandbox.brazil;

/** Brazilian tax numbers with right check digits (modulo 11, as Receita Federal publishes them), of nobody in particular. */
public final class Documents {

    private static final int[] CNPJ_WEIGHTS = {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2};

    private Documents() {}

    /** 11 digits, formatted 000.000.000-00. */
    public static String cpf(Draw draw) {
        String base = draw.digits(9);
        String first = base + checkDigit(base, 10);
        String all = first + checkDigit(first, 11);
        return all.substring(0, 3) + "." + all.substring(3, 6) + "." + all.substring(6, 9) + "-" + all.substring(9);
    }

    /** 14 digits of a head office (branch 0001), formatted 00.000.000/0001-00. */
    public static String cnpj(Draw draw) {
        String base = draw.digits(8) + "0001";
        String first = base + cnpjDigit(base);
        String all = first + cnpjDigit(first);
        return all.substring(0, 2) + "." + all.substring(2, 5) + "." + all.substring(5, 8) + "/" + all.substring(8, 12)
                + "-" + all.substring(12);
    }

    /** True for 11 digits, punctuation allowed, whose check digits are right. */
    public static boolean isCpf(String text) {
        String digits = text.replaceAll("[.-]", "");
        if (!digits.matches("\\d{11}")) {
            return false;
        }
        return digits.charAt(9) - '0' == checkDigit(digits.substring(0, 9), 10)
                && digits.charAt(10) - '0' == checkDigit(digits.substring(0, 10), 11);
    }

    /** True for 14 digits, punctuation allowed, whose check digits are right. */
    public static boolean isCnpj(String text) {
        String digits = text.replaceAll("[./-]", "");
        if (!digits.matches("\\d{14}")) {
            return false;
        }
        return digits.charAt(12) - '0' == cnpjDigit(digits.substring(0, 12))
                && digits.charAt(13) - '0' == cnpjDigit(digits.substring(0, 13));
    }

    private static int checkDigit(String digits, int firstWeight) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(i) - '0') * (firstWeight - i);
        }
        return modulo11(sum);
    }

    private static int cnpjDigit(String digits) {
        int skip = CNPJ_WEIGHTS.length - digits.length();
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(i) - '0') * CNPJ_WEIGHTS[skip + i];
        }
        return modulo11(sum);
    }

    private static int modulo11(int sum) {
        int rest = sum % 11;
        return rest < 2 ? 0 : 11 - rest;
    }
}

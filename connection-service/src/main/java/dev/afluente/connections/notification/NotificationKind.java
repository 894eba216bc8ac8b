package dev.afluente.connections.notification;

/** What sort of thing a person is told. Names are stored and sent: they never change. */
enum NotificationKind {
    LOGIN_ERROR("O banco recusou o acesso. Informe seus dados de acesso novamente."),
    MFA_REQUIRED("O banco pediu uma confirmação. Informe o código para continuar."),
    ACTION_REQUIRED("O banco precisa que você faça algo antes de continuar."),
    CONSENT_EXPIRING("Seu consentimento está perto de vencer. Renove-o para continuar recebendo seus dados."),
    CONSENT_EXPIRED("Seu consentimento venceu. Renove-o para voltar a receber seus dados."),
    CONSENT_REVOKED("Seu consentimento foi revogado. Autorize novamente para voltar a receber seus dados."),
    BANK_UNAVAILABLE("O banco está indisponível no momento. Uma nova tentativa será feita automaticamente.");

    private final String message;

    NotificationKind(String message) {
        this.message = message;
    }

    /** Returns the sentence for the person. */
    String message() {
        return message;
    }
}

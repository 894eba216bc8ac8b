package dev.afluente.sync.account.aside;

import dev.afluente.sync.http.Sentences;

/** What the reason of a row set aside means, for people. */
final class AsideMeanings {
    static final Sentences SENTENCES = Sentences.of(
            "absurd_amount",
            "O valor do lançamento tem mais dígitos do que qualquer dinheiro tem.",
            "The row's amount has more digits than any money has.",
            "absurd_date",
            "A data do lançamento é anterior a 1900 ou posterior a 2200.",
            "The row's date is before 1900 or after 2200.",
            "missing_amount",
            "O lançamento não tem valor.",
            "The row has no amount.",
            "missing_date",
            "O lançamento não diz de que dia é.",
            "The row does not say of which day it is.",
            "missing_id",
            "O lançamento não tem id próprio, ou tem um que não pode ser guardado.",
            "The row has no id of its own, or one that cannot be kept.",
            "null_row",
            "O provedor não enviou nada no lugar de um lançamento.",
            "The provider sent nothing in the place of a row.",
            "unknown_currency",
            "O lançamento está em uma moeda que não existe.",
            "The row is in a currency that does not exist.",
            "unreadable_row",
            "O lançamento não pode ser lido, por um motivo só dele.",
            "The row cannot be read, for a reason of its own.",
            "wrong_type",
            "O id, a data, o valor ou a moeda do lançamento não é do tipo que deveria ser.",
            "The row's id, date, amount or currency is not of its kind.");

    private AsideMeanings() {}
}

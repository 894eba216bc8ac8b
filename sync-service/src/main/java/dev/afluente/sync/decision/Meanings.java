package dev.afluente.sync.decision;

import dev.afluente.sync.http.Sentences;

/** What a decision's reason means, for people. */
final class Meanings {
    static final Sentences SENTENCES = Sentences.of(
            "back_under_new_id",
            "Um lançamento que o provedor tinha removido aparece de novo com outro id.",
            "A row that the provider had removed is shown again under a new id.",
            "before_the_ledger",
            "O lançamento já existia antes de os motivos serem guardados.",
            "The row was there before reasons were kept.",
            "booked",
            "O lançamento pendente foi efetivado.",
            "The pending row has been booked.",
            "booked_on_another_day",
            "O lançamento pendente sumiu, e o único com seu valor e seu texto foi efetivado alguns dias antes ou depois.",
            "The pending row is gone, and the only row with its amount and text was booked days apart.",
            "booked_under_new_id",
            "O lançamento pendente foi efetivado, e o provedor deu a ele um novo id.",
            "The pending row has been booked, and the provider gave it a new id.",
            "corrected_by_provider",
            "O provedor corrigiu o lançamento.",
            "The provider corrected the row.",
            "first_read",
            "O lançamento veio com a primeira leitura da conta.",
            "The row came with the first read of the account.",
            "gone_at_provider",
            "O provedor, consultado pelo id do lançamento, não o tem mais.",
            "The provider, asked for the row by its id, no longer has it.",
            "new_id",
            "O provedor deu ao lançamento um novo id: o antigo sumiu, e todo o resto é igual.",
            "The provider gave the row a new id: the old one is gone, all else is the same.",
            "not_at_new_source",
            "A conexão que agora lê a conta não mostra o lançamento.",
            "The connection that reads the account now does not show the row.",
            "not_known_before",
            "O provedor mostrou um lançamento que ainda não existia aqui.",
            "The provider showed a row that the ledger did not have.",
            "read_another_way",
            "A conta é lida por outra conexão, que mostra o mesmo lançamento.",
            "The account is read through another connection, which shows the same row.",
            "shown_again",
            "O provedor voltou a mostrar um lançamento que tinha sido removido.",
            "A row that had been removed is shown by the provider again.",
            "split_by_operator",
            "Um operador disse que este é um lançamento à parte.",
            "An operator said that this is a row of its own.",
            "undone_by_operator",
            "Um operador desfez uma decisão; desde então as sincronizações não mexem no lançamento.",
            "An operator took a decision back; syncs leave the row alone since.");

    private Meanings() {}
}

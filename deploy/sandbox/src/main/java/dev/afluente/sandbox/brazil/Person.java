package dev.afluente.sandbox.brazil;

import java.util.List;

/** Somebody with a name and a CPF; the same draw makes the same person. */
public record Person(String name, String cpf) {

    private static final List<String> GIVEN = List.of(
            "Ana",
            "Beatriz",
            "Bruno",
            "Caio",
            "Camila",
            "Carlos",
            "Cláudia",
            "Daniel",
            "Débora",
            "Eduardo",
            "Fernanda",
            "Francisco",
            "Gabriela",
            "Gustavo",
            "Helena",
            "Igor",
            "Joana",
            "João",
            "Júlia",
            "Larissa",
            "Letícia",
            "Luís",
            "Marcos",
            "Mariana",
            "Otávio",
            "Paula",
            "Rafael",
            "Renata",
            "Rodrigo",
            "Sônia",
            "Tiago",
            "Vitória");
    private static final List<String> FAMILY = List.of(
            "Alves",
            "Araújo",
            "Barbosa",
            "Cardoso",
            "Carvalho",
            "Costa",
            "Dias",
            "Duarte",
            "Ferreira",
            "Freitas",
            "Gomes",
            "Lima",
            "Lopes",
            "Martins",
            "Melo",
            "Moreira",
            "Nascimento",
            "Oliveira",
            "Pereira",
            "Ramos",
            "Ribeiro",
            "Rocha",
            "Santana",
            "Santos",
            "Silva",
            "Souza",
            "Teixeira",
            "Vieira");

    public static Person draw(Draw draw) {
        String name = draw.of(GIVEN) + " " + draw.of(FAMILY) + " " + draw.of(FAMILY);
        return new Person(name, Documents.cpf(draw));
    }
}

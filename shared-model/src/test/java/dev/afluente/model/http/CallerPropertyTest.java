package dev.afluente.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.resteasy.problem.HttpProblem;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CallerPropertyTest {
    /** Few letters and the slash, so that spellings collide often. */
    @Provide
    Arbitrary<Caller> callers() {
        Arbitrary<String> tenant = Arbitraries.of("default", "a", "b", "ab");
        Arbitrary<String> user =
                Arbitraries.strings().withChars("ab/").ofMinLength(1).ofMaxLength(4);
        return Combinators.combine(tenant, user).as(Caller::new);
    }

    @Property(tries = 2_000)
    void nobodyOwnsWhatAnotherMade(@ForAll("callers") Caller one, @ForAll("callers") Caller other) {
        String made;
        try {
            made = one.clientUserId();
        } catch (HttpProblem refused) {
            return;
        }
        assertThat(one.owns(made)).isTrue();
        assertThat(other.owns(made)).isEqualTo(one.equals(other));
    }
}

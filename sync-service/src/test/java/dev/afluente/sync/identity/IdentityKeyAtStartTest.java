package dev.afluente.sync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.spi.ObserverMethod;
import org.junit.jupiter.api.Test;

/** The start itself makes the key, and a key that cannot be made ends it. */
@QuarkusTest
class IdentityKeyAtStartTest {
    @Test
    void theStartAsksForTheKey() {
        assertThat(Arc.container().beanManager().resolveObserverMethods(new StartupEvent()))
                .<Class<?>>extracting(ObserverMethod::getBeanClass)
                .contains(IdentityKey.class);
    }
}

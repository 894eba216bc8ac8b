package dev.afluente.model.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final String NAME = OutageTest.class.getName();

    private final List<String> told = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line.getLevel().getName());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Outage outage = new Outage(Logger.getLogger(NAME), "Nothing is done");

    @BeforeEach
    void listen() {
        java.util.logging.Logger.getLogger(NAME).addHandler(handler);
    }

    @AfterEach
    void leave() {
        java.util.logging.Logger.getLogger(NAME).removeHandler(handler);
    }

    @Test
    void nothingIsToldWhileAllIsWell() {
        outage.over();
        outage.over();
        assertThat(told).isEmpty();
    }

    @Test
    void aFailureThatRepeatsIsToldOnceAndItsEndOnce() {
        for (int i = 0; i < 100; i++) {
            outage.failed(new IOException("away"));
        }
        assertThat(told).hasSize(1);

        outage.over();
        outage.over();
        assertThat(told).hasSize(2);

        outage.failed(new IOException("away"));
        assertThat(told).as("a new outage").hasSize(3);
    }

    @Test
    void anotherFailureIsNews() {
        outage.failed(new IOException("away"));
        outage.failed(new IllegalStateException("silent"));
        assertThat(told).hasSize(2);
    }
}

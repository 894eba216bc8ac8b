package dev.afluente.model.database;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.postgres.PostgresDatabases;
import dev.afluente.model.servers.Servers;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.vertx.mutiny.core.Vertx;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {
    private static final String DATABASE = "migrations";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger afterwards = new AtomicInteger();

    @TempDir
    private Path scripts;

    private PostgresDatabases databases;

    @BeforeEach
    void lay() throws Exception {
        databases = Servers.postgres().databases().recreate(DATABASE);
        script("V1__first.sql", "CREATE TABLE first (id int)");
    }

    @AfterEach
    void close() {
        Servers.postgres();
        vertx.closeAndAwait();
    }

    @Test
    void laysTheSchemaDownAndGoesOnOnAnotherThread() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Migrations migrations = new Migrations(vertx, flyway(plain()));
        assertThat(migrations.done()).isFalse();
        migrations.start(true, () -> {
            thread.set(Thread.currentThread());
            afterwards.incrementAndGet();
        });
        await().atMost(ofSeconds(30)).until(migrations::done);
        assertThat(afterwards).hasValue(1);
        assertThat(thread.get()).isNotSameAs(Thread.currentThread());
        assertThat(tables()).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() throws Exception {
        Servers.postgres().stop();
        try (AgroalDataSource pool = pool()) {
            Migrations migrations = new Migrations(vertx, flyway(pool));
            migrations.start(true, afterwards::incrementAndGet);
            await().during(ofSeconds(3)).atMost(ofSeconds(6)).until(() -> !migrations.done() && afterwards.get() == 0);
            Servers.postgres();
            await().atMost(ofSeconds(30)).until(migrations::done);
            assertThat(afterwards).hasValue(1);
            assertThat(tables()).isEqualTo(1);
        }
    }

    @Test
    void whateverThePoolRaisesLeadsToAnotherTry() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        DataSource real = plain();
        DataSource moody = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection") && tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("The pool is not there yet");
                    }
                    return method.invoke(real, arguments);
                });
        Migrations migrations = new Migrations(vertx, flyway(moody));
        migrations.start(true, afterwards::incrementAndGet);
        await().atMost(ofSeconds(30)).until(migrations::done);
        assertThat(tries).hasValueGreaterThanOrEqualTo(3);
        assertThat(afterwards).hasValue(1);
    }

    @Test
    void aScriptThatFailsIsTriedAgainUntilItDoesNot() throws Exception {
        script("V2__second.sql", "CREATE TABLE second AS SELECT * FROM missing");
        Migrations migrations = new Migrations(vertx, flyway(plain()));
        migrations.start(true, afterwards::incrementAndGet);
        await().during(ofSeconds(3)).atMost(ofSeconds(6)).until(() -> !migrations.done());
        try (Connection connection = databases.connect(DATABASE)) {
            connection.createStatement().execute("CREATE TABLE missing (id int)");
        }
        await().atMost(ofSeconds(30)).until(migrations::done);
        assertThat(afterwards).hasValue(1);
    }

    @Test
    void whatFollowsRunsOnceEvenWhenItFails() {
        Migrations migrations = new Migrations(vertx, flyway(plain()));
        migrations.start(true, () -> {
            afterwards.incrementAndGet();
            throw new IllegalStateException("the relay could not be started");
        });
        await().atMost(ofSeconds(30)).until(() -> afterwards.get() == 1);
        await().during(ofSeconds(3)).atMost(ofSeconds(6)).until(() -> afterwards.get() == 1);
        assertThat(migrations.done()).as("not ready, for somebody to notice").isFalse();
    }

    @Test
    void switchedOffItTouchesNothing() throws Exception {
        Migrations migrations = new Migrations(vertx, flyway(plain()));
        migrations.start(false, afterwards::incrementAndGet);
        await().atMost(ofSeconds(10)).until(migrations::done);
        assertThat(afterwards).hasValue(1);
        assertThat(tables()).isZero();
    }

    private void script(String name, String sql) throws Exception {
        Files.writeString(scripts.resolve(name), sql + ";\n");
    }

    private Flyway flyway(DataSource source) {
        return new FluentConfiguration()
                .dataSource(source)
                .locations("filesystem:" + scripts)
                .connectRetries(0)
                .load();
    }

    private DataSource plain() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(databases.jdbcUrl(DATABASE));
        source.setUser(databases.username());
        source.setPassword(databases.password());
        return source;
    }

    /** As a service has it. */
    private AgroalDataSource pool() throws Exception {
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(2)
                        .acquisitionTimeout(Duration.ofSeconds(1))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(databases.jdbcUrl(DATABASE))
                                .principal(new NamePrincipal(databases.username()))
                                .credential(new SimplePassword(databases.password())))));
    }

    private long tables() throws Exception {
        try (Connection connection = databases.connect(DATABASE);
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'first'")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}

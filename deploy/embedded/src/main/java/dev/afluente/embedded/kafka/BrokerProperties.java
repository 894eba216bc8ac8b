package dev.afluente.embedded.kafka;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The configuration of a single broker that is its own controller, on 127.0.0.1 only, with every replication factor 1. Clients
 * are sent to the advertised port, whichever one they came by.
 */
record BrokerProperties(Path data, int port, int advertisedPort, int controllerPort) {
    private static final String[] ONE_REPLICA = {
        "offsets.topic.replication.factor",
        "transaction.state.log.replication.factor",
        "transaction.state.log.min.isr",
        "share.coordinator.state.topic.replication.factor",
        "share.coordinator.state.topic.min.isr",
        "default.replication.factor",
        "min.insync.replicas",
    };
    private static final String[] FEW_PARTITIONS = {
        "offsets.topic.num.partitions",
        "transaction.state.log.num.partitions",
        "share.coordinator.state.topic.num.partitions",
    };
    private static final String FLUSH_MILLIS = "500";

    Path write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + advertisedPort);
        properties.setProperty("log.dirs", data.toString());
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // a killed broker's successor waits until its predecessor counts as gone: 9 s by default
        properties.setProperty("broker.session.timeout.ms", "3000");
        properties.setProperty("broker.heartbeat.interval.ms", "500");
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        // the defaults reserve 128 MB for compacting and preallocate two index files of 10 MB for every segment
        properties.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
        properties.setProperty("log.index.size.max.bytes", "1048576");
        // Linux holds what was written for 30 s and then writes hundreds of megabytes at once, while senders wait
        properties.setProperty("log.flush.interval.ms", FLUSH_MILLIS);
        properties.setProperty("log.flush.scheduler.interval.ms", FLUSH_MILLIS);
        for (String name : ONE_REPLICA) {
            properties.setProperty(name, "1");
        }
        for (String name : FEW_PARTITIONS) {
            properties.setProperty(name, "3");
        }
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
        return file;
    }
}

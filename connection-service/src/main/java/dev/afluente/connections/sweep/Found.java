package dev.afluente.connections.sweep;

/**
 * What a look at a connection found.
 *
 * @param data what about the data
 * @param stateUnheard whether the connection had come to stand differently, and nobody had told in time
 */
record Found(Reading.Step data, boolean stateUnheard) {}

package dev.afluente.sandbox.category;

/** One of Pluggy's categories; {@code parent} is null at the top. */
public record Category(String id, String description, String translated, Category parent) {}

package dev.schemabus.codec;

import java.util.List;

/** A public generic record, to be filled with what it can't see. */
public record Frame<T>(T content, List<T> more) {}

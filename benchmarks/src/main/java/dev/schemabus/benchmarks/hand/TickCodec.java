package dev.schemabus.benchmarks.hand;

import dev.schemabus.benchmarks.Payloads.Tick;

/** Ticks. */
public final class TickCodec extends HandCodec<Tick> {

    @Override
    int write(Tick tick, byte[] out, int start) {
        int at = Put.text(out, start, tick.symbol());
        at = Put.real(out, at, tick.price());
        at = Put.number(out, at, tick.size());
        return Put.number(out, at, tick.ts());
    }

    @Override
    Tick read(Take in) {
        return new Tick(in.text(), in.real(), in.number(), in.number());
    }

    /** {@inheritDoc} In there the time comes first, the price is a float, the size an int, and there is a venue. */
    @Override
    Tick readOlder(Take in) {
        long ts = in.number();
        String symbol = in.text();
        in.skipText();
        int size = in.integer();
        return new Tick(symbol, in.smallReal(), size, ts);
    }
}

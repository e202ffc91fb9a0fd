package dev.schemabus.benchmarks.hand;

import dev.schemabus.benchmarks.Payloads.Tick;
import dev.schemabus.codec.Decoder;

/** Ticks. */
public final class TickCodec implements HandCodec<Tick> {

    @Override
    public byte[] encode(Tick tick, int headroom) {
        Scratch scratch = Scratch.own();
        byte[] out = scratch.bytes;
        while (true) {
            try {
                int at = Put.text(out, headroom, tick.symbol());
                at = Put.real(out, at, tick.price());
                at = Put.number(out, at, tick.size());
                at = Put.number(out, at, tick.ts());
                return Scratch.cut(out, at);
            } catch (IndexOutOfBoundsException e) {
                out = scratch.larger(out, e);
            }
        }
    }

    @Override
    public Tick decode(byte[] bytes, int offset, int length) {
        Take in = new Take(bytes, offset, length);
        Tick tick = new Tick(in.text(), in.real(), in.number(), in.number());
        in.requireEnd();
        return tick;
    }

    @Override
    public Decoder<Tick> older() {
        return TickCodec::decodeOlder;
    }

    private static Tick decodeOlder(byte[] bytes, int offset, int length) {
        Take in = new Take(bytes, offset, length);
        long ts = in.number();
        String symbol = in.text();
        in.skipText();
        int size = in.integer();
        Tick tick = new Tick(symbol, in.smallReal(), size, ts);
        in.requireEnd();
        return tick;
    }
}

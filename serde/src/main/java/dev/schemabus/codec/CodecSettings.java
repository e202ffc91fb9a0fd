package dev.schemabus.codec;

/**
 * How values are read and written.
 *
 * @param mode how codecs run
 * @param limits how much one payload may ask for
 * @param validating whether JSON must also keep to what the writer schema asserts beyond the types
 * @param refusingUnknown whether a property in JSON that a record doesn't know is an error
 */
record CodecSettings(CodecMode mode, Limits limits, boolean validating, boolean refusingUnknown) {

    static final CodecSettings STANDARD = new CodecSettings(CodecMode.GENERATED, Limits.standard(), false, false);

    CodecSettings withMode(CodecMode other) {
        return new CodecSettings(other, limits, validating, refusingUnknown);
    }

    CodecSettings withLimits(Limits other) {
        return new CodecSettings(mode, other, validating, refusingUnknown);
    }

    CodecSettings withValidating(boolean other) {
        return new CodecSettings(mode, limits, other, refusingUnknown);
    }

    CodecSettings withRefusingUnknown(boolean other) {
        return new CodecSettings(mode, limits, validating, other);
    }
}

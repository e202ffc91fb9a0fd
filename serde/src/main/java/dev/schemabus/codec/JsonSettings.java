package dev.schemabus.codec;

/**
 * How JSON is written and read.
 *
 * @param mode how codecs run
 * @param limits how much one payload may ask for
 * @param validating whether values must also keep to what the writer schema asserts beyond their types
 * @param refusingUnknown whether a property that a record doesn't know is an error
 */
record JsonSettings(CodecMode mode, Limits limits, boolean validating, boolean refusingUnknown) {

    static final JsonSettings STANDARD = new JsonSettings(CodecMode.GENERATED, Limits.standard(), false, false);
}

/** Sample: the events of a catalogue, which need more types than most, and what happens when one of them changes. */
@NullMarked
package dev.schemabus.samples.catalogue;

import org.jspecify.annotations.NullMarked;

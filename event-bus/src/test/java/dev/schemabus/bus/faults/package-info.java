/** Internal: what breaks around a bus, broken on purpose, and the check of what its users saw. */
@NullMarked
package dev.schemabus.bus.faults;

import org.jspecify.annotations.NullMarked;

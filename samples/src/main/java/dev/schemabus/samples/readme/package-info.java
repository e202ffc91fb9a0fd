/** Sample: the code on README's first screen, compiled and run. */
@NullMarked
package dev.schemabus.samples.readme;

import org.jspecify.annotations.NullMarked;

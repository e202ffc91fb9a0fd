/** Sample: the events of a small shop, and the data file that holds some thousands of them. */
@NullMarked
package dev.schemabus.samples.shop;

import org.jspecify.annotations.NullMarked;

/** Sample: three services that work on orders together, what goes wrong among them, and how it is put right. */
@NullMarked
package dev.schemabus.samples.services;

import org.jspecify.annotations.NullMarked;

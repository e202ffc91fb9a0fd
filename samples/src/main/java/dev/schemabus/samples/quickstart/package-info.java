/** Sample: the main job, a tour of Schemabus on a real broker and a real registry. Each step is a class of its own. */
@NullMarked
package dev.schemabus.samples.quickstart;

import org.jspecify.annotations.NullMarked;

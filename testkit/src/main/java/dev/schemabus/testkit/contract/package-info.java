/**
 * API: what an extension point owes its callers, as abstract test classes. Extend one in your own tests, say how your
 * implementation is opened, and JUnit runs every promise against it.
 */
@NullMarked
package dev.schemabus.testkit.contract;

import org.jspecify.annotations.NullMarked;

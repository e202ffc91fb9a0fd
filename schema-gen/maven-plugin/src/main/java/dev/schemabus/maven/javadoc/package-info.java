/** Internal: the Javadoc of records and enums, read from their sources with the JDK's own compiler. */
@NullMarked
package dev.schemabus.maven.javadoc;

import org.jspecify.annotations.NullMarked;

package dev.schemabus.testkit;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says in a line what was skipped and why: a build's log counts skipped tests and keeps their reasons to itself. */
public final class SkippedTestsListener implements TestExecutionListener {

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        System.out.println("SKIPPED " + test.getDisplayName() + ": " + reason);
    }
}

package dev.schemabus.server;

class MemoryChangeLogTest extends ChangeLogContract {

    @Override
    ChangeLog open() {
        return new MemoryChangeLog();
    }

    @Override
    void awaitWritable(ChangeLog log) {}
}

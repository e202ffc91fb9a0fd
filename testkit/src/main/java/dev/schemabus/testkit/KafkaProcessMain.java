package dev.schemabus.testkit;

import java.nio.file.Path;

/** What runs in the child of a {@link KafkaProcess}: one node, broker and controller. */
final class KafkaProcessMain {

    private KafkaProcessMain() {}

    /**
     * Runs the node until the parent ends.
     *
     * @param arguments cluster id, directory, port for clients, port for the controller
     */
    @SuppressWarnings("CatchAndPrintStackTrace") // the parent reads it
    public static void main(String[] arguments) {
        ChildJvm.endWithParent();
        try {
            var settings = NodeSettings.single(
                    Path.of(arguments[1]),
                    HeldPort.lent(Integer.parseInt(arguments[2])),
                    HeldPort.lent(Integer.parseInt(arguments[3])));
            var node = new KafkaNode(arguments[0], settings);
            node.start();
            node.awaitServing();
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        ChildJvm.reportReady();
    }
}

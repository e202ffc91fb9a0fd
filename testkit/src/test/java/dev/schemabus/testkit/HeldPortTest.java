package dev.schemabus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

class HeldPortTest {

    @Test
    void aPortThatIsOnlyHeldRefusesConnections() {
        try (HeldPort port = HeldPort.free()) {
            assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aPortIsListenedToAndHeldInTurns() throws IOException {
        try (HeldPort port = HeldPort.free()) {
            for (int turn = 0; turn < 3; turn++) {
                try (ServerSocketChannel server = port.listen(0);
                        Socket client = connect(port)) {
                    assertThat(client.isConnected()).isTrue();
                    assertThat(server.isOpen()).isTrue();
                }
                port.hold();
                assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void aLentPortIsListenedToByItsBorrowerAndHeldAgain() throws IOException {
        try (HeldPort port = HeldPort.free()) {
            for (int turn = 0; turn < 2; turn++) {
                port.lend();
                HeldPort borrowed = HeldPort.lent(port.number());
                assertThatThrownBy(() -> connect(borrowed)).isInstanceOf(ConnectException.class);
                try (ServerSocketChannel server = borrowed.listen(0);
                        Socket client = connect(port)) {
                    assertThat(client.isConnected()).isTrue();
                    assertThat(server.isOpen()).isTrue();
                }
                port.hold();
                assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void aPortThatSomebodyListensToCannotBeListenedToAgain() throws IOException {
        try (HeldPort port = HeldPort.free();
                ServerSocketChannel server = port.listen(0)) {
            assertThatThrownBy(() -> port.listen(0)).isInstanceOf(BindException.class);
            assertThat(server.isOpen()).isTrue();
        }
    }

    private static Socket connect(HeldPort port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port.number());
    }
}

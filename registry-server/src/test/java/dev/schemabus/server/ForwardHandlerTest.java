package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardHandlerTest {

    @ParameterizedTest
    @CsvSource({
        "/config/a|b?x=[1],          /config/a%7Cb?x=%5B1%5D",
        "/config/a%7Cb?x=%5B1%5D,    /config/a%7Cb?x=%5B1%5D",
        "/config/\u00E9,             /config/%C3%A9",
        "/config/{a}\\^`,            /config/%7Ba%7D%5C%5E%60",
    })
    void whatClientsLeaveUnencodedIsEncodedForTheLeader(String sent, String sentOn) {
        assertThat(ForwardHandler.encoded(sent)).isEqualTo(sentOn);
        assertThat(URI.create("http://leader" + sentOn).toString()).endsWith(sentOn);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /subjects/s/versions,                          true",
        "POST,   /subjects/s/versions/,                         true",
        "POST,   /contexts/.eu/subjects/s/versions,             true",
        "POST,   /subjects/a%2Fb/versions,                      true",
        "POST,   /subjects/s,                                   false",
        "POST,   /contexts/.eu/subjects/s,                      false",
        "POST,   /compatibility/subjects/s/versions,            false",
        "POST,   /compatibility/subjects/s/versions/latest,     false",
        "PUT,    /config,                                       true",
        "PUT,    /mode/s,                                       true",
        "DELETE, /subjects/s/versions/1,                        true",
        "GET,    /subjects/s/versions,                          false",
        "HEAD,   /subjects,                                     false",
    })
    void onlyWhatMayChangeSomethingIsForTheLeader(String method, String path, boolean write) {
        assertThat(ForwardHandler.isWrite(method, path)).isEqualTo(write);
    }
}

package dev.howdah.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;

/** Instances from their beginning to their end. */
final class Lives {
    private Lives() {}

    static void begin(Caller caller, String id) throws IOException {
        assertThat(caller.provision(id).status()).isIn(201, 202);
        awaitEnd(caller, id);
    }

    static void awaitEnd(Caller caller, String id) {
        Caller.Answer end = await().atMost(Installation.PATIENCE)
                .until(() -> caller.poll(id), answer -> !answer.state().equals("in progress"));
        assertThat(end.state()).as(end.body()).isEqualTo("succeeded");
    }

    static void end(Caller caller, String id) throws IOException {
        assertThat(caller.deprovision(id).status()).isIn(200, 202);
        awaitEnd(caller, id);
    }
}

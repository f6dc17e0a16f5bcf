package dev.howdah.testing.embedded.api;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The API over plain HTTP on a loopback port. All requests are answered on one thread, in the order in which they arrive;
 * watches run over WebSockets or as a chunked response.
 */
public final class ApiServer implements AutoCloseable {
    private static final long BOOKMARK_MILLIS = 30_000;

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final NodePorts nodePorts = NodePorts.reserve();
    private final ApiRouter router = new ApiRouter(new Admission(nodePorts), Clock.systemUTC());
    private final HttpServer server = vertx.createHttpServer(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setMaxInitialLineLength(65_536)
            .setPerMessageWebSocketCompressionSupported(false)
            .setWebSocketSubProtocols(List.of("v4.channel.k8s.io", "base64.binary.k8s.io")));

    private ApiServer() {
        server.requestHandler(this::handle);
    }

    public static ApiServer start() {
        var api = new ApiServer();
        api.server.listen().toCompletionStage().toCompletableFuture().join();
        return api;
    }

    /** As in {@code http://127.0.0.1:41234/}. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }

    private void handle(HttpServerRequest request) {
        ApiCall head = read(request, "");
        if (isForbidden(request, head)) {
            refuse(request, ApiFailure.forbidden(head.method(), head.path()));
            return;
        }
        if (head.watch()) {
            watch(request, head);
            return;
        }
        request.body().onSuccess(body -> {
            ApiRouter.Answer answer = answer(read(request, body.toString(StandardCharsets.UTF_8)));
            request.response()
                    .setStatusCode(answer.code())
                    .putHeader("Content-Type", answer.body().startsWith("{") ? "application/json" : "text/plain")
                    .end(answer.body());
        });
    }

    private static boolean isForbidden(HttpServerRequest request, ApiCall call) {
        return header(request, "Authorization").equals("Bearer " + Permissions.TOKEN)
                && ResourcePath.parse(call.path())
                        .filter(path -> !Permissions.SHIPPED.permits(call, path))
                        .isPresent();
    }

    private static void refuse(HttpServerRequest request, ApiFailure failure) {
        request.response()
                .setStatusCode(failure.code())
                .putHeader("Content-Type", "application/json")
                .end(failure.status().toString());
    }

    private ApiRouter.Answer answer(ApiCall call) {
        try {
            return router.answer(call);
        } catch (RuntimeException e) {
            System.getLogger(ApiServer.class.getName())
                    .log(System.Logger.Level.ERROR, "Cannot answer " + call.method() + " " + call.path(), e);
            return new ApiRouter.Answer(500, "{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":500}");
        }
    }

    private static ApiCall read(HttpServerRequest request, String body) {
        Map<String, String> query = new HashMap<>();
        request.params().forEach(query::put);
        return new ApiCall(
                request.method().name(),
                Objects.requireNonNullElse(request.path(), "/"),
                query,
                header(request, "Content-Type").split(";")[0].strip(),
                header(request, "User-Agent"),
                body);
    }

    private static String header(HttpServerRequest request, String name) {
        @Nullable String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    private void watch(HttpServerRequest request, ApiCall call) {
        try {
            router.watch(call, message -> {});
        } catch (ApiFailure e) {
            refuse(request, e);
            return;
        }
        if (header(request, "Upgrade").equalsIgnoreCase("websocket")) {
            request.toWebSocket().onSuccess(socket -> watchOver(socket, call));
        } else {
            watchOver(request.response(), call);
        }
    }

    private void watchOver(ServerWebSocket socket, ApiCall call) {
        WatchStream watch = router.watch(call, message -> socket.writeTextMessage(message.toString()));
        long timer = bookmarks(watch, call);
        socket.closeHandler(closed -> end(watch, timer));
        socket.exceptionHandler(failure -> end(watch, timer));
        endInTime(call, () -> socket.close());
        watch.open(call.parameter("resourceVersion"));
    }

    private void watchOver(HttpServerResponse response, ApiCall call) {
        response.setChunked(true).putHeader("Content-Type", "application/json");
        WatchStream watch = router.watch(call, message -> response.write(Buffer.buffer(message + "\n")));
        long timer = bookmarks(watch, call);
        response.closeHandler(closed -> end(watch, timer));
        endInTime(call, () -> response.end());
        response.writeHead();
        watch.open(call.parameter("resourceVersion"));
    }

    private long bookmarks(WatchStream watch, ApiCall call) {
        return vertx.setPeriodic(BOOKMARK_MILLIS, timer -> {
            if (call.parameter("allowWatchBookmarks").equals("true")) {
                watch.bookmark();
            }
        });
    }

    private void endInTime(ApiCall call, Runnable end) {
        if (!call.parameter("timeoutSeconds").isEmpty()) {
            vertx.setTimer(
                    TimeUnit.SECONDS.toMillis(Long.parseLong(call.parameter("timeoutSeconds"))), timer -> end.run());
        }
    }

    private void end(WatchStream watch, long timer) {
        vertx.cancelTimer(timer);
        watch.close();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        nodePorts.close();
    }
}

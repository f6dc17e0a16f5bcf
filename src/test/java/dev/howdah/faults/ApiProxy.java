package dev.howdah.faults;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stands between one broker and the API server, and misbehaves as told. Requests and watches go through it unchanged. */
public final class ApiProxy implements AutoCloseable {
    private final URI target;
    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final HttpClient client;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<NetSocket> tunnels = ConcurrentHashMap.newKeySet();
    private volatile Function<ProxiedCall, Verdict> judge = _ -> Verdict.PASS;
    private volatile Consumer<ProxiedCall> beforeAnswer = _ -> {};
    private volatile Consumer<ProxiedCall> afterAnswer = _ -> {};
    private volatile @Nullable HttpServer server;
    private int port;

    private ApiProxy(Config config) {
        target = URI.create(config.getMasterUrl());
        client = vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost(target.getHost())
                .setDefaultPort(target.getPort())
                .setSsl(target.getScheme().equals("https"))
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxPoolSize(2000)
                .setKeepAliveTimeout(5));
    }

    public static ApiProxy start(Config config) {
        var proxy = new ApiProxy(config);
        proxy.listen();
        return proxy;
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Decides about every request from now on; asked on the proxy's only thread. */
    void judge(Function<ProxiedCall, Verdict> judge) {
        this.judge = judge;
    }

    /** Told of every request that the API server has answered, before the broker hears the answer. */
    void beforeAnswer(Consumer<ProxiedCall> listener) {
        beforeAnswer = listener;
    }

    /** Told of every request when its answer is on its way to the broker. */
    public void afterAnswer(Consumer<ProxiedCall> listener) {
        afterAnswer = listener;
    }

    /** Closes all connections, watches too; new ones are refused until {@link #listen}. */
    synchronized void refuse() {
        HttpServer listening = server;
        server = null;
        if (listening != null) {
            join(listening.close());
        }
        dropConnections();
    }

    synchronized void listen() {
        if (server == null) {
            HttpServer fresh = vertx.createHttpServer(new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setReuseAddress(true)
                    .setMaxInitialLineLength(65_536)
                    .setMaxHeaderSize(65_536));
            fresh.connectionHandler(connection -> {
                connections.add(connection);
                connection.closeHandler(_ -> connections.remove(connection));
            });
            fresh.requestHandler(this::handle);
            join(fresh.listen());
            port = fresh.actualPort();
            server = fresh;
        }
    }

    /** Ends every connection, as a load balancer does that is restarted: watches have to be made anew. */
    void dropConnections() {
        tunnels.forEach(NetSocket::close);
        connections.forEach(HttpConnection::close);
    }

    private void handle(HttpServerRequest request) {
        request.pause();
        ProxiedCall call = new ProxiedCall(
                request.method().name(),
                String.valueOf(request.path()),
                request.query() != null && request.query().contains("watch=true"));
        switch (judge.apply(call)) {
            case Verdict.Pass _ -> forward(request, call, false);
            case Verdict.Delay(var by) -> vertx.setTimer(by.toMillis(), _ -> forward(request, call, false));
            case Verdict.Refuse(int status) -> answer(request, status);
            case Verdict.Drop _ -> request.connection().close();
            case Verdict.LoseAnswer _ -> forward(request, call, true);
            case Verdict.Hold _ -> {}
        }
    }

    private static void answer(HttpServerRequest request, int status) {
        request.resume();
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"injected\","
                                + "\"reason\":\"%s\",\"code\":%d}")
                        .formatted(reason(status), status));
    }

    private static String reason(int status) {
        return switch (status) {
            case 409 -> "Conflict";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            default -> "InternalError";
        };
    }

    private void forward(HttpServerRequest request, ProxiedCall call, boolean loseAnswer) {
        boolean upgrade = request.headers().contains("Upgrade");
        client.request(new RequestOptions()
                        .setMethod(request.method())
                        .setURI(request.uri())
                        .setHeaders(MultiMap.caseInsensitiveMultiMap()
                                .addAll(request.headers())
                                .remove("Host")))
                .onFailure(_ -> request.connection().close())
                .onSuccess(out -> {
                    out.exceptionHandler(_ -> request.connection().close());
                    if (upgrade) {
                        tunnel(request, out);
                    } else {
                        out.send(request)
                                .onFailure(_ -> request.connection().close())
                                .onSuccess(answer -> relay(request, call, answer, loseAnswer));
                    }
                });
    }

    private void relay(HttpServerRequest request, ProxiedCall call, HttpClientResponse answer, boolean lose) {
        answer.pause();
        beforeAnswer.accept(call);
        if (lose) {
            request.connection().close();
            answer.request().connection().close();
            return;
        }
        copyHead(answer, request);
        if (!answer.headers().contains("Content-Length")) {
            request.response().setChunked(true);
        }
        request.response().exceptionHandler(_ -> answer.request().connection().close());
        answer.pipeTo(request.response()).onComplete(_ -> afterAnswer.accept(call));
    }

    private void tunnel(HttpServerRequest request, HttpClientRequest out) {
        out.connect().onFailure(_ -> request.connection().close()).onSuccess(answer -> {
            if (answer.statusCode() != 101) {
                copyHead(answer, request);
                request.response().setChunked(true);
                request.resume();
                answer.pipeTo(request.response());
                return;
            }
            NetSocket inner = answer.netSocket();
            inner.pause();
            copyHead(answer, request);
            request.toNetSocket().onFailure(_ -> inner.close()).onSuccess(outer -> connect(inner, outer));
        });
    }

    private void connect(NetSocket inner, NetSocket outer) {
        tunnels.add(outer);
        outer.closeHandler(_ -> {
            tunnels.remove(outer);
            inner.close();
        });
        inner.closeHandler(_ -> outer.close());
        outer.handler(inner::write);
        inner.handler(outer::write);
        inner.resume();
        outer.resume();
    }

    private static void copyHead(HttpClientResponse answer, HttpServerRequest request) {
        request.response().setStatusCode(answer.statusCode());
        answer.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Transfer-Encoding")) {
                request.response().headers().add(name, value);
            }
        });
    }

    private static void join(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        join(vertx.close());
    }
}

package dev.howdah.osb;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * Waits for the library's answers on the thread of the request, which is where they are computed. Spring MVC would begin an
 * asynchronous answer for each of them and send the request through the whole filter chain a second time.
 */
final class AnsweredAtOnce extends RequestMappingHandlerAdapter {
    @Override
    public void afterPropertiesSet() {
        super.afterPropertiesSet();
        List<HandlerMethodReturnValueHandler> others = List.copyOf(Objects.requireNonNull(getReturnValueHandlers()));
        List<HandlerMethodReturnValueHandler> all = new ArrayList<>(others);
        all.addFirst(new Awaited(others));
        setReturnValueHandlers(all);
    }

    private record Awaited(List<HandlerMethodReturnValueHandler> others) implements HandlerMethodReturnValueHandler {
        @Override
        public boolean supportsReturnType(MethodParameter type) {
            return type.getParameterType() == Mono.class;
        }

        @Override
        public void handleReturnValue(
                @Nullable Object answer,
                MethodParameter type,
                ModelAndViewContainer container,
                NativeWebRequest request)
                throws Exception {
            Object value = answer instanceof Mono<?> mono ? awaited(mono) : null;
            MethodParameter inner = new Content(type);
            for (HandlerMethodReturnValueHandler other : others) {
                if (other.supportsReturnType(inner)) {
                    other.handleReturnValue(value, inner, container, request);
                    return;
                }
            }
            throw new IllegalStateException("Nobody can answer with " + inner.getGenericParameterType());
        }

        private static @Nullable Object awaited(Mono<?> mono) throws Exception {
            try {
                return mono.block();
            } catch (RuntimeException failure) {
                throw Exceptions.unwrap(failure) instanceof Exception cause ? cause : failure;
            }
        }
    }

    /** What is in a Mono that a method returns. */
    private static final class Content extends MethodParameter {
        private final ResolvableType content;

        Content(MethodParameter type) {
            this(type, ResolvableType.forMethodParameter(type).getGeneric());
        }

        private Content(MethodParameter type, ResolvableType content) {
            super(type);
            this.content = content;
        }

        @Override
        public Class<?> getParameterType() {
            return content.resolve(Object.class);
        }

        @Override
        public Type getGenericParameterType() {
            return content.getType();
        }

        @Override
        public Content clone() {
            return new Content(this, content);
        }
    }
}

package dev.howdah.crd;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.Map;

/**
 * How objects of the API server are read. The objects of one server repeat each other's names, labels, owners and times, and those
 * of all servers repeat nearly everything else: equal texts are kept once, as long as anybody needs them. And each part of an
 * object has a map for fields that its class does not know, nearly always an empty one: they share that too.
 */
public final class LeanSerialization {
    /** Files and certificates are longer, and are not repeated. */
    private static final int LONGEST = 256;

    private LeanSerialization() {}

    /** For one client. */
    public static KubernetesSerialization create() {
        SimpleModule lean = new SimpleModule("lean")
                .addDeserializer(String.class, new SharedText())
                .setDeserializerModifier(new WithoutEmptyMaps());
        return new KubernetesSerialization(new ObjectMapper().registerModule(lean), true);
    }

    private static final class SharedText extends StdScalarDeserializer<String> {
        SharedText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.hasToken(JsonToken.VALUE_STRING)
                    ? parser.getText()
                    : StringDeserializer.instance.deserialize(parser, context);
            return text == null || text.length() > LONGEST ? text : text.intern();
        }
    }

    private static final class WithoutEmptyMaps extends BeanDeserializerModifier {
        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
            AnnotatedMethod getter = bean.findMethod("getAdditionalProperties", new Class<?>[0]);
            AnnotatedMethod setter = bean.findMethod("setAdditionalProperties", new Class<?>[] {Map.class});
            return getter == null || setter == null ? deserializer : new WithoutEmptyMap(deserializer, getter, setter);
        }
    }

    private static final class WithoutEmptyMap extends DelegatingDeserializer {
        private final transient AnnotatedMethod getter;
        private final transient AnnotatedMethod setter;

        WithoutEmptyMap(JsonDeserializer<?> deserializer, AnnotatedMethod getter, AnnotatedMethod setter) {
            super(deserializer);
            this.getter = getter;
            this.setter = setter;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
            return new WithoutEmptyMap(deserializer, getter, setter);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Object read = super.deserialize(parser, context);
            if (read != null && Map.of().equals(getter.getValue(read))) {
                setter.setValue(read, Map.of());
            }
            return read;
        }
    }
}

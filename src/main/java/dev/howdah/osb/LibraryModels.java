package dev.howdah.osb;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.binding.CreateServiceInstanceBindingRequest;
import org.springframework.cloud.servicebroker.model.binding.Endpoint;
import org.springframework.cloud.servicebroker.model.instance.CreateServiceInstanceRequest;
import org.springframework.cloud.servicebroker.model.instance.UpdateServiceInstanceRequest;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractGenericHttpMessageConverter;

/**
 * Reads and writes the library's models. Spring Boot 4 speaks Jackson 3, which does not know the annotations for Jackson 2
 * that the models carry: they are written with Jackson 2. Requests are read field by field into our subclasses, which keep
 * what the models would lose (absent or empty parameters, predecessors, the context as it was sent).
 */
final class LibraryModels extends AbstractGenericHttpMessageConverter<Object> {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addMixIn(Endpoint.class, WithoutNulls.class)
            .build();

    private static final String PACKAGE = "org.springframework.cloud.servicebroker.model.";

    private final int maxBodyBytes;

    LibraryModels(int maxBodyBytes) {
        super(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    protected boolean supports(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getName().startsWith(PACKAGE)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean canRead(Type type, @Nullable Class<?> contextClass, @Nullable MediaType mediaType) {
        return type instanceof Class<?> model && canRead(model, mediaType);
    }

    @Override
    public boolean canWrite(@Nullable Type type, Class<?> model, @Nullable MediaType mediaType) {
        return canWrite(model, mediaType);
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return List.of(MediaType.APPLICATION_JSON);
    }

    @Override
    public Object read(Type type, @Nullable Class<?> contextClass, HttpInputMessage message) throws IOException {
        return read(type, message);
    }

    @Override
    protected Object readInternal(Class<?> model, HttpInputMessage message) throws IOException {
        return read((Type) model, message);
    }

    private Object read(Type model, HttpInputMessage message) throws IOException {
        JsonBody body = JsonBody.parse(bytes(message));
        if (model == CreateServiceInstanceRequest.class) {
            return ProvisionBody.of(body);
        }
        if (model == UpdateServiceInstanceRequest.class) {
            return UpdateBody.of(body);
        }
        if (model == CreateServiceInstanceBindingRequest.class) {
            return BindBody.of(body);
        }
        throw new IllegalStateException("No request of the API: " + model.getTypeName());
    }

    private byte[] bytes(HttpInputMessage message) throws IOException {
        byte[] bytes = message.getBody().readNBytes(maxBodyBytes + 1);
        if (bytes.length > maxBodyBytes) {
            throw OsbException.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "ContentTooLarge",
                    "The body has to be smaller than %d bytes.".formatted(maxBodyBytes));
        }
        return bytes;
    }

    @Override
    protected void writeInternal(Object model, @Nullable Type type, HttpOutputMessage message) throws IOException {
        byte[] json = model instanceof WrittenCatalog catalog ? catalog.json() : MAPPER.writeValueAsBytes(model);
        message.getHeaders().setContentLength(json.length);
        message.getBody().write(json);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface WithoutNulls {}
}

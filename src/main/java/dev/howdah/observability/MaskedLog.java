package dev.howdah.observability;

import java.util.regex.Pattern;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * The last line of defence of a log in JSON: passwords in connection URIs and after the word password are starred out, whoever
 * wrote them. Nothing of Howdah's own logs any; a library's message may quote what it was given. {@code application.yml}
 * does the same for a log in plain text.
 */
public final class MaskedLog implements StructuredLoggingJsonMembersCustomizer<Object> {
    private static final Pattern SECRET =
            Pattern.compile("(://[^:/@\\s\"]*:(?=[^@/\\s\"]+@)|[Pp]assword['\"]?[=:]\\s?['\"]?)[^@\\s\"'&,;)]+");

    @Override
    public void customize(Members<Object> members) {
        members.applyingValueProcessor(ValueProcessor.of(String.class, text -> text == null ? null : masked(text)));
    }

    static String masked(String text) {
        return SECRET.matcher(text).replaceAll("$1***");
    }
}

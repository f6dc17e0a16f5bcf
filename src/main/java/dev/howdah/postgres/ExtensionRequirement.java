package dev.howdah.postgres;

/**
 * An extension that shall be installed. A trusted one is installed into public as a binding would do it. Any other runs its
 * script with a superuser's rights, so it goes only where no binding can have put a function or operator for the script to
 * fall over: its own schema, or {@code extensions}, which then joins the database's search_path.
 */
final class ExtensionRequirement {
    private static final String INSTALLATION = """
            DECLARE
                available record;
                target name;
            BEGIN
                SELECT version.trusted, version.schema INTO available
                    FROM pg_available_extensions extension JOIN pg_available_extension_versions version
                        ON version.name = extension.name AND version.version = extension.default_version
                    WHERE extension.name = {name};
                IF NOT FOUND THEN
                    RAISE feature_not_supported USING MESSAGE = format('extension %s is not available on this server', {name});
                END IF;
                IF available.trusted THEN
                    SET LOCAL ROLE {owner};
                    EXECUTE format('CREATE EXTENSION %I SCHEMA %I CASCADE', {name}, COALESCE(available.schema, 'public'));
                    RESET ROLE;
                    RETURN;
                END IF;
                target := COALESCE(available.schema, 'extensions');
                EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', target);
                IF EXISTS (SELECT FROM pg_namespace JOIN pg_roles ON pg_roles.oid = nspowner
                        WHERE nspname = target AND NOT rolsuper) THEN
                    RAISE feature_not_supported USING MESSAGE = format(
                        'extension %s needs a schema %s of its own, and there is one already: rename it', {name}, target);
                END IF;
                EXECUTE format('CREATE EXTENSION %I SCHEMA %I CASCADE', {name}, target);
                IF target = 'extensions' THEN
                    GRANT USAGE ON SCHEMA extensions TO PUBLIC;
                    ALTER DATABASE {database} SET search_path = "$user", public, extensions;
                END IF;
            END""";

    private ExtensionRequirement() {}

    static Requirement of(String extension, DatabaseName database) {
        return new Requirement(
                "EXISTS (SELECT FROM pg_extension WHERE extname = %s)".formatted(SqlText.literal(extension)),
                SqlText.block(INSTALLATION
                        .replace("{owner}", database.owner().quoted())
                        .replace("{database}", database.quoted())
                        .replace("{name}", SqlText.literal(extension))));
    }
}

package dev.schemabus.serde;

import dev.schemabus.registry.Credentials;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * User and password from what the Kafka client itself logs in with. Kafka's own parser reads it, which refuses login
 * modules that would look things up elsewhere (JNDI, LDAP); no login module is loaded.
 */
final class SaslInherit {

    private static final String SETTING = SaslConfigs.SASL_JAAS_CONFIG;

    private static final List<String> WITH_PASSWORD = List.of(
            "org.apache.kafka.common.security.plain.PlainLoginModule",
            "org.apache.kafka.common.security.scram.ScramLoginModule");

    private SaslInherit() {}

    static Credentials credentials(Map<String, Object> given) {
        String asked = SerdeKeys.BASIC_AUTH_CREDENTIALS_SOURCE + "=SASL_INHERIT, and " + SETTING;
        List<AppConfigurationEntry> entries = entries(given, asked);
        if (entries.size() != 1 || !WITH_PASSWORD.contains(entries.get(0).getLoginModuleName())) {
            throw new ConfigException(asked + " is not one login module that has a user and a password: use"
                    + " PlainLoginModule or ScramLoginModule, or set " + SerdeKeys.BASIC_AUTH_USER_INFO
                    + " instead of the former");
        }
        Map<String, ?> options = entries.get(0).getOptions();
        Object user = options.get("username");
        Object password = options.get("password");
        if (user == null || password == null || "true".equals(String.valueOf(options.get("tokenauth")))) {
            throw new ConfigException(asked + " has no username and password (a delegation token is none): set "
                    + SerdeKeys.BASIC_AUTH_USER_INFO + " instead of the former");
        }
        if (String.valueOf(user).indexOf(':') >= 0) {
            throw new ConfigException(asked + " has a user with a colon, which HTTP basic authentication can't send"
                    + " (RFC 7617, section 2)");
        }
        return SecuritySettings.valid(() -> new Credentials.Basic(user + ":" + password, SETTING));
    }

    private static List<AppConfigurationEntry> entries(Map<String, Object> given, String asked) {
        Map<String, Object> settings = new HashMap<>();
        Object text = given.get(SETTING);
        if (text != null) {
            settings.put(SETTING, text instanceof Password ? text : new Password(text.toString()));
        }
        try {
            return JaasContext.loadClientContext(settings).configurationEntries();
        } catch (IllegalArgumentException | SecurityException e) {
            // Without the cause, whose message may hold a part of the text.
            throw new ConfigException(asked
                    + (text == null ? " is missing: set it" : " can't be read, or names a module that Kafka refuses")
                    + ". Write for instance org.apache.kafka.common.security.plain.PlainLoginModule required"
                    + " username=\"…\" password=\"…\";");
        }
    }
}

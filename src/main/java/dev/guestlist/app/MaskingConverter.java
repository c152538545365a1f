package dev.guestlist.app;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.regex.Pattern;

/// The last guard of the log: whatever looks like a code or a token is masked, in messages and in
/// stack traces. Nothing should arrive here unmasked; this is for the day when something does.
public final class MaskingConverter extends CompositeConverter<ILoggingEvent> {
  private static final Pattern UUID_FORM =
      Pattern.compile(
          "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{8}"
              + "([0-9a-fA-F]{4})");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)((?:bearer|basic)\\s+|"
              + "(?:access_token|refresh_token|id_token|token|client_secret|password|code|"
              + "code_verifier|confirmationCode)[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"'&,}]+");

  @Override
  protected String transform(ILoggingEvent event, String text) {
    return mask(text);
  }

  static String mask(String text) {
    String withoutSecrets = SECRET.matcher(text).replaceAll("$1****");
    return UUID_FORM.matcher(withoutSecrets).replaceAll("****-$1");
  }

  /// A stack trace on the same terms.
  public static final class Trace extends ThrowableProxyConverter {
    @Override
    public String convert(ILoggingEvent event) {
      return mask(super.convert(event));
    }
  }
}

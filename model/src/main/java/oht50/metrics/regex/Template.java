package oht50.metrics.regex;

import com.google.re2j.Matcher;

/**
 * Text with {@code $1}, {@code ${1}} and {@code $name} in place of what a group matched, as Go's
 * {@code Regexp.Expand} reads it: a name is as long as it can be, so {@code $1x} is the group
 * {@code 1x}, and there is none; {@code $$} is a dollar sign; a group that does not exist is empty.
 */
public final class Template {
  private Template() {}

  public static boolean hasGroups(String template) {
    return template.indexOf('$') >= 0;
  }

  public static String expand(String template, Matcher match) {
    if (!hasGroups(template)) {
      return template;
    }
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$') {
        text.append(c);
        at++;
        continue;
      }
      at++;
      if (at < template.length() && template.charAt(at) == '$') {
        text.append('$');
        at++;
        continue;
      }
      boolean isInBraces = at < template.length() && template.charAt(at) == '{';
      int begin = isInBraces ? at + 1 : at;
      int end = begin;
      while (end < template.length() && isOfAName(template.charAt(end))) {
        end++;
      }
      boolean isGroup =
          end > begin && (!isInBraces || (end < template.length() && template.charAt(end) == '}'));
      if (!isGroup) {
        text.append('$'); // as it stands
        continue;
      }
      text.append(group(template.substring(begin, end), match));
      at = isInBraces ? end + 1 : end;
    }
    return text.toString();
  }

  private static boolean isOfAName(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static String group(String name, Matcher match) {
    String value = null;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      // Longer ones, and one with a zero before it, are no numbers of groups.
      boolean isNumber = name.length() < 9 && (name.length() == 1 || name.charAt(0) != '0');
      if (isNumber && Integer.parseInt(name) <= match.groupCount()) {
        value = match.group(Integer.parseInt(name));
      }
    } else if (match.pattern().namedGroups().containsKey(name)) {
      value = match.group(name);
    }
    return value == null ? "" : value;
  }
}

package dev.guestlist.service;

import dev.guestlist.model.ConfirmationCode;
import dev.guestlist.model.PastedCodes;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/// What a person would read of an HTML text, and the addresses of links that carry codes.
final class HtmlText implements NodeVisitor {
  private final StringBuilder text = new StringBuilder();
  private int linkBegan;

  private HtmlText() {}

  static String of(String html) {
    HtmlText reader = new HtmlText();
    NodeTraversor.traverse(reader, Jsoup.parse(html).body());
    return reader.text.toString();
  }

  @Override
  public void head(Node node, int depth) {
    switch (node) {
      case TextNode words -> text.append(words.getWholeText().replaceAll("\\s", " "));
      case Element element when element.normalName().equals("a") -> linkBegan = text.length();
      case Element element when endsLine(element) -> text.append('\n');
      default -> {}
    }
  }

  @Override
  public void tail(Node node, int depth) {
    switch (node) {
      case Element element when element.normalName().equals("a") -> endLink(element.attr("href"));
      case Element element when endsLine(element) -> text.append('\n');
      default -> {}
    }
  }

  private static boolean endsLine(Element element) {
    return element.isBlock() || element.normalName().equals("br");
  }

  /// A code that a link shows and carries stands there once.
  private void endLink(String address) {
    PastedCodes carried = PastedCodes.find(address);
    PastedCodes shown = carried.none() ? carried : PastedCodes.find(text.substring(linkBegan));
    if (carried.none() || codes(shown, true).containsAll(codes(carried, false))) {
      return;
    }
    if (codes(shown, false).equals(codes(carried, false))) {
      text.setLength(linkBegan);
    }
    text.append(' ').append(address).append(' ');
  }

  private static List<ConfirmationCode> codes(PastedCodes found, boolean inLinks) {
    return found.codes().stream()
        .filter(one -> !inLinks || one.host().isPresent())
        .map(PastedCodes.Found::code)
        .toList();
  }
}

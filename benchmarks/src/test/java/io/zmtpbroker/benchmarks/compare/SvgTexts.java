package io.zmtpbroker.benchmarks.compare;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A picture as an XML parser reads it. */
final class SvgTexts {

    private SvgTexts() {}

    /** Its root; throws if it is no XML. */
    static Element root(String svg) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("no XML: " + e.getMessage(), e);
        }
    }

    /** Its elements of a name. */
    static List<Element> elements(String svg, String name) {
        NodeList found = root(svg).getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    /** What is written in it. */
    static List<String> of(String svg) {
        return elements(svg, "text").stream().map(Element::getTextContent).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsWhatHeadersConsistOf() throws Json.SyntaxException {
        assertThat(Json.parse(" {\"a\" : [1, 20,300], \"b\":{}, \"c\":[ ],\"d\":\"x\"}\n"))
                .isEqualTo(Map.of("a", List.of(1L, 20L, 300L), "b", Map.of(), "c", List.of(), "d", "x"));
        assertThat(Json.parse("999999999999999999")).isEqualTo(999_999_999_999_999_999L);
    }

    @Test
    void quotedTextComesBack() throws Json.SyntaxException {
        String text = "tab\t newline\n quote\" backslash\\ slash/ null\0 umlaut\u00e4 penguin\ud83d\udc27";
        assertThat(Json.parse(Json.quote(text))).isEqualTo(text);
        assertThat(Json.parse("\"\\u00e4\\b\\f\\r\\/\"")).isEqualTo("\u00e4\b\f\r/");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "{", "}", "[1", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "01", "-1", "1.5",
                "1e3",
        "true", "null", "\"open", "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"", "\"line\nbreak\"", "1 2", "9999999999999999999",
        "[[[[[[[[[[[]]]]]]]]]]]"
    })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(Json.SyntaxException.class).hasMessageContaining("at character");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderTest {
    @Test
    void comesBackAsItWasWritten() throws Json.SyntaxException {
        Map<String, Header.Entry> entries = new LinkedHashMap<>();
        long begin = 0;
        for (DType type : DType.values()) {
            Header.Entry entry = new Header.Entry(type, Shape.of(2, 3), begin);
            entries.put("a tensor of " + type, entry);
            begin = entry.end();
        }
        entries.put("empty", new Header.Entry(DType.FLOAT32, Shape.of(0, 4), begin));
        entries.put("scalar", new Header.Entry(DType.BOOL, Shape.of(), begin));
        Header header = new Header(Map.of("key", "value"), entries);
        assertThat(Header.parse(header.toJson(), begin + 1)).isEqualTo(header);
    }

    @Test
    void hasTheFormatOfTheSpecification() {
        Header header = new Header(Map.of("k", "v"), Map.of("w", new Header.Entry(DType.FLOAT32, Shape.of(2, 1), 0)));
        assertThat(header.toJson())
                .isEqualTo("{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import java.util.Arrays;

/** The characters of a text, numbered in the order of Unicode. */
public final class CharVocabulary {
    private final int[] characters;

    private CharVocabulary(int[] characters) {
        this.characters = characters;
    }

    /**
     * Returns the vocabulary of a text; {@link #toString} of it gives the same one again.
     *
     * @throws InvalidArgumentException if it is empty
     */
    public static CharVocabulary of(String text) {
        if (text.isEmpty()) {
            throw new InvalidArgumentException("[vocabulary] expected at least one character, got an empty text");
        }
        return new CharVocabulary(text.codePoints().distinct().sorted().toArray());
    }

    /** Returns the number of characters. */
    public int size() {
        return characters.length;
    }

    /**
     * Returns the numbers of a text's characters.
     *
     * @throws InvalidArgumentException if one is not in the vocabulary; the message names its place
     */
    public int[] encode(String text) {
        int[] numbers = text.codePoints().toArray();
        for (int i = 0; i < numbers.length; i++) {
            int number = Arrays.binarySearch(characters, numbers[i]);
            if (number < 0) {
                throw new InvalidArgumentException("[encode] expected one of the " + characters.length + " characters of the vocabulary,"
                        + " got " + describe(numbers[i]) + " at place " + i
                        + "; leave it out, or make the vocabulary of a text that has it");
            }
            numbers[i] = number;
        }
        return numbers;
    }

    private static String describe(int character) {
        String code = String.format("U+%04X", character);
        return Character.isISOControl(character) ? code : "'" + Character.toString(character) + "' (" + code + ")";
    }

    /**
     * Returns the text of numbers.
     *
     * @throws IndexOutOfRangeException if one is none of the vocabulary
     */
    public String decode(int... numbers) {
        StringBuilder text = new StringBuilder();
        for (int number : numbers) {
            if (number < 0 || number >= characters.length) {
                throw new IndexOutOfRangeException("[decode] expected numbers in [0, " + characters.length + "), got " + number);
            }
            text.appendCodePoint(characters[number]);
        }
        return text.toString();
    }

    /** Returns the text of numbers. */
    public String decode(long... numbers) {
        return decode(Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray());
    }

    /** Returns all characters in their order. */
    @Override
    public String toString() {
        return new String(characters, 0, characters.length);
    }
}

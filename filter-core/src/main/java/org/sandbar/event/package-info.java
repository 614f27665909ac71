/**
 * What stage 1 tells stage 2: typed rows of facts about one thing that happened. Every field is declared once, with its type and
 * meaning; rules, the JSON writer and the documentation read that declaration and nothing else.
 */
package org.sandbar.event;

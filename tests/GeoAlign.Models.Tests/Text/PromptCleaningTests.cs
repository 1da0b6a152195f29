namespace GeoAlign.Models.Tests;

public class PromptCleaningTests
{
    [Theory]
    [InlineData("a dog walks", "a dog walks")]
    [InlineData("  a \t\r\n dog\u00A0\u3000\u2003walks \u2028", "a dog walks")]
    [InlineData("‘it’s’ “a” dog", "'it's' \"a\" dog")]
    [InlineData("ﬁne ﬂow ﬆ ŉ Ǆ", "fine flow st 'n D\u017D")]
    [InlineData("ＡＢＣ！＂x～", "ABC!\"x~")]
    [InlineData("a\0\u0007\u000Bb\uFEFFc\u007F", "abc")]
    [InlineData("静止画面，低质量", "静止画面,低质量")]
    [InlineData("cats &amp; dogs", "cats & dogs")]
    [InlineData("cats &amp;amp; dogs", "cats & dogs")]
    [InlineData("&amp;amp;amp;amp;", "&")]
    [InlineData("<&amp;amp;amp;", "<&amp;")]
    [InlineData("&ldquo;a&rdquo; &#8216;b&#x2019; &amp;rsquo;", "\"a\" 'b' '")]
    [InlineData("&rsquo;\n<b> &rsquo;\n&rsquo;", "' <b> \u2019 \u2019")]
    [InlineData("a &lt; b &rsquo;", "a < b '")]
    [InlineData("&#xFF21;&#xFB01;", "Afi")]
    [InlineData("&lt;b&gt;&nbsp; x &#233;&#xE9;&eacute", "<b> x ééé")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    [InlineData("日本語 🐻", "日本語 🐻")]
    public void Prompts_are_cleaned(string prompt, string expected) => Assert.Equal(expected, PromptCleaning.Clean(prompt));

    [Fact]
    public void Decomposed_letters_are_composed_by_the_tokenizer()
    {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.Load(Repository.Fixture("models", "tokenizer_sample.model"));

        Assert.Equal(tokenizer.Encode("été"), tokenizer.Encode(PromptCleaning.Clean("e\u0301te\u0301")));
    }

    [Theory]
    [InlineData("&amp;amp;", "&amp;")]
    [InlineData("&amplt;", "&lt;")]
    [InlineData("&notit; &notin;", "¬it; ∉")]
    [InlineData("&apos; &apos", "' &apos")]
    [InlineData("&#0; &#x110000; &#xD800;", "\uFFFD \uFFFD \uFFFD")]
    [InlineData("&#99999999999999999999;", "\uFFFD")]
    [InlineData("&#128;&#153;", "\u20AC\u2122")]
    [InlineData("&#1;&#xFFFF;x", "x")]
    [InlineData("& && &; &# &#; &#x; &unknown; fish&chips", "& && &; &# &#; &#x; &unknown; fish&chips")]
    [InlineData("&#128059;", "🐻")]
    public void Character_references_follow_the_rules_of_html(string text, string expected) =>
        Assert.Equal(expected, HtmlEntities.Decode(text));
}

"""Crawlers that collect texts to train language models, by the names they answer to in robots.txt.

Names under which operators collect text for training: OpenAI (GPTBot), Anthropic (ClaudeBot,
anthropic-ai), Google (Google-Extended, a rule for training that leaves its search alone), Apple
(Applebot-Extended), Common Crawl (CCBot), Meta (meta-externalagent, FacebookBot), ByteDance
(Bytespider), Amazon (Amazonbot), Cohere (cohere-training-data-crawler), Diffbot, and the Allen
Institute (AI2Bot). The community list at github.com/ai-robots-txt/ai.robots.txt names them, too.
Crawlers that fetch one page because a person asked for it are not among them.
"""

TRAINING_CRAWLERS = (
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
)

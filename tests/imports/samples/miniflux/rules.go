package scraper

// A table like the one of Miniflux, of made-up sites.
var predefinedRules = map[string]string{
	"harbour-gazette.example": "div.story-text, figure.lead",
	"www.weekly-mill.example": "article",
	"lantern.example":         `section[itemprop="articleBody"]`,
	"bridge.example":          "article",
	"broken.example":          "div:nth-child(2)",
}

var rewriteRules = map[string]string{
	"harbour-gazette.example": "remove(\".tide-box, .gull-shop\")",
	"lantern.example":         "add_image_title",
	"weekly-mill.example":     "remove(\"aside\"),add_dynamic_image",
	"localhost":               "remove(\".x-box\")",
}

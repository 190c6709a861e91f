"""Models: what may be estimated from series and samples. They return numbers; publish draws them."""
